//! The label sets of the model's heads.

/// Defines an enum of labels with their written form; unknown labels fall to the last variant.
macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? } else $other:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// The label's written form in the treebank or corpus.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Reads a written form; an unknown one becomes the catch-all of the set.
            pub fn parse(text: &str) -> Self {
                match text { $($text => Self::$variant,)+ _ => Self::$other }
            }
        }
    };
}

labels! {
    /// Universal part of speech (Universal Dependencies v2).
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET",
        Intj = "INTJ", Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN",
        Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    } else X
}

labels! {
    /// Penn Treebank tag, for tense, aspect and number.
    Xpos {
        CC = "CC", CD = "CD", DT = "DT", EX = "EX", FW = "FW", IN = "IN", JJ = "JJ", JJR = "JJR",
        JJS = "JJS", LS = "LS", MD = "MD", NN = "NN", NNP = "NNP", NNPS = "NNPS", NNS = "NNS",
        PDT = "PDT", POS = "POS", PRP = "PRP", PRPS = "PRP$", RB = "RB", RBR = "RBR", RBS = "RBS",
        RP = "RP", SYM = "SYM", TO = "TO", UH = "UH", VB = "VB", VBD = "VBD", VBG = "VBG",
        VBN = "VBN", VBP = "VBP", VBZ = "VBZ", WDT = "WDT", WP = "WP", WPS = "WP$", WRB = "WRB",
        Punct = "PUNCT", Other = "OTHER",
    } else Other
}

labels! {
    /// Universal Dependencies relation, with the subtypes of English EWT and GUM.
    Rel {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl",
        Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass",
        Case = "case", Cc = "cc", CcPreconj = "cc:preconj", Ccomp = "ccomp",
        Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop",
        Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass", Det = "det",
        DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated",
        Expl = "expl", Fixed = "fixed", Flat = "flat", Goeswith = "goeswith", Iobj = "iobj",
        List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj",
        NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj",
        Obl = "obl", OblAgent = "obl:agent", OblUnmarked = "obl:unmarked", Orphan = "orphan",
        Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum", Root = "root",
        Vocative = "vocative", Xcomp = "xcomp", Dep = "dep",
    } else Dep
}

labels! {
    /// OntoNotes 5 entity type.
    NameKind {
        Person = "PERSON", Norp = "NORP", Fac = "FAC", Org = "ORG", Gpe = "GPE", Loc = "LOC",
        Product = "PRODUCT", Event = "EVENT", WorkOfArt = "WORK_OF_ART", Law = "LAW",
        Language = "LANGUAGE", Date = "DATE", Time = "TIME", Percent = "PERCENT",
        Money = "MONEY", Quantity = "QUANTITY", Ordinal = "ORDINAL", Cardinal = "CARDINAL",
        Other = "OTHER",
    } else Other
}

labels! {
    /// Part of an attribution, as PolNeAR annotates it.
    Role { Source = "source", Cue = "cue", Content = "content" } else Content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_read_what_they_write() {
        assert_eq!(Rel::parse("nsubj:pass"), Rel::NsubjPass);
        assert_eq!(Rel::NsubjPass.as_str(), "nsubj:pass");
        assert_eq!(Rel::parse("nsubj:xyz"), Rel::Dep);
        assert_eq!(Xpos::parse("PRP$"), Xpos::PRPS);
    }
}
