//! The rules of the statement phase, in the order of the path: cues, content, cuts, speakers, act,
//! polarity, certainty, channel, silence, marks, joining, the model's roles, nesting, kinds.
//!
//! Sources: *guide* is the annotation guide of the incident sheet, *CGEL* Huddleston & Pullum, The
//! Cambridge Grammar of the English Language (2002) by chapter, *UD* Universal Dependencies'
//! English guidelines, *PDTB* the attribution chapter of the Penn Discourse Treebank 2.0 manual,
//! *PolNeAR* Newell, Margolin & Ruths (2018), *FactBank* Saurí & Pustejovsky (2009), *CAMEO* and
//! *PLOVER* their codebooks.

use super::rules;

rules! {
    /// A rule of the statement phase.
    StatementRule {
        // Which words are cues.
        CueVerb "cue-verb": "A verb of the lexicon that heads a clause credits somebody with what its frame takes." ["PDTB; PolNeAR"];
        CueNoun "cue-noun": "A noun of the lexicon with a complement credits its owner or author." ["PolNeAR; CGEL 5"];
        CueAdverb "cue-adverb": "An adverb such as “reportedly” credits somebody who is not named with its clause." ["guide, boundaries"];
        CuePreposition "cue-preposition": "A preposition such as “according to” credits what it governs with the rest of its clause." ["guide, boundaries; CGEL 7"];
        Silence "silence": "A phrase of the lexicon that says that nobody has said, claimed or confirmed something is a statement of its own." ["guide, statements"];
        SilenceOfNaming "declined-to-be-named": "Who “declined to be named” is silent about himself, not about what is said, so it is no silence." ["guide, statements"];
        MendedLemma "mended-lemma": "A word whose lemma starts no cue takes the lemma of the cue that it is a form of, since the model's lemmas are guesses." ["CGEL 18"];
        AdverbInCue "adverb-in-cue": "An adverb may stand between the words of a cue." ["CGEL 6"];
        AdjectiveIsNoCue "adjective-is-no-cue": "A verb form that modifies a noun (“the reported raid”) describes it and credits nobody." ["guide, boundaries"];
        BareParticiple "bare-participle": "A past participle below a noun or verb is passive without an auxiliary." ["CGEL 14"];
        LabelIsNoCue "label-is-no-cue": "A cue that opens its sentence before a colon is a label: “Explained: why it burned”." ["guide, boundaries"];
        ToldSomebody "told-somebody": "Who is told can hear; “the ruin tells its own story” reports nothing that stands before it." ["CGEL 4"];
        HypotheticalCue "hypothetical-cue": "A saying under “if”, “should” or “may” is not said to have been said." ["CGEL 3; FactBank"];
        AskedInPassing "asked-in-passing": "In “replied when asked if” somebody who is not named asked, and the speaker only answers." ["CGEL 14; guide, statements"];
        InfinitiveCue "infinitive-cue": "A cue in the infinitive is said only under verbs such as “go on to”, not under “plans to”." ["CGEL 14"];
        ImperativeCue "imperative-cue": "A bare stem at the head of a sentence tells the reader to say something." ["CGEL 10"];
        EmptyObject "empty-object": "An object that only points (“said it”) is no content." ["guide, content"];
        OwnHedge "own-hedge": "“I think” inside a quotation is the speaker's hedge, not a second statement." ["FactBank"];
        ShowingSubject "showing-subject": "Studies and counts show something for those who made them; pictures only show it." ["guide, boundaries"];
        ThingsDoNotSpeak "things-do-not-speak": "An event, a time or an object as subject claims or challenges without speaking." ["guide, boundaries"];
        WritersQuestion "writers-question": "“Did the ministry say so?” and “who ordered it?” are the writer's questions and credit nobody." ["CGEL 10"];
        AnybodyWhoSays "anybody-who-says": "“Whoever says so” is nobody in particular." ["CGEL 12"];
        OtherSense "other-sense": "Beside the words of lexicon/lookalikes.tsv a cue has another sense and credits nobody: “dismissed two colonels”." ["guide, statements"];
        WholeCue "whole-cue": "The phrase that the model sees around a cue is the cue where it takes nothing from content and speaker." ["PolNeAR"];
        CueWords "cue-words": "A verb's auxiliaries, negation and inner adverbs are part of the cue." ["guide, cue"];

        // Where the content of a clause-taking verb stands.
        ClauseInRelative "clause-in-relative": "In “the raid that monitors say killed nine” the antecedent and the rest of the clause are the content." ["CGEL 12"];
        MainClauseGoesOn "main-clause-goes-on": "A verb behind a relative clause whose subject is the antecedent is the main clause: “the report that they wrote was lost”." ["CGEL 12"];
        ClauseAfterCue "clause-after-cue": "The clause that the tree hangs on the cue and that follows it is the content." ["UD ccomp; guide, content"];
        ClauseBeforeCue "clause-before-cue": "The clause that the tree hangs on the cue and that precedes it is the content." ["UD ccomp; CGEL 11"];
        ClauseAroundCue "clause-around-cue": "A clause that a cue with its speaker interrupts or closes is the content, without them." ["UD parataxis; CGEL 11"];
        InterruptedByCue "interrupted-by-cue": "What stands before a cue with its speaker is content too where the words behind it go on with it: “the road, he said, was closed”." ["CGEL 11 and 15"];
        QuoteBeforeCue "quote-before-cue": "Without a clause in the tree, a quotation right before the cue is the content." ["CGEL 11 and 20"];
        QuoteAfterCue "quote-after-cue": "Without a clause in the tree, a quotation right behind the cue is the content." ["CGEL 11 and 20"];
        WordsBeforeCue "words-before-cue": "Without a clause in the tree, what precedes a cue that closes its sentence is the content." ["CGEL 11"];
        ClauseBehindCiting "clause-behind-citing": "Behind “reported, citing two witnesses, that” the clause of “that” is the content." ["CGEL 11"];
        WordsAfterCue "words-after-cue": "Without a clause in the tree, a finite clause by word order behind the cue is the content." ["CGEL 11"];

        // Where the content of other frames stands.
        Object "object": "The object of the cue is the content." ["UD obj; CGEL 4"];
        PronounIsObject "pronoun-is-object": "A pronoun behind the cue with nothing else to be said is the content: “promised them within a week”." ["CGEL 4"];
        ObjectBehindAside "object-behind-aside": "An object behind a phrase between commas is still the cue's." ["CGEL 15"];
        ObjectBehindAs "object-behind-as": "In “rejected as baseless claims that” what stands behind the judgement is the object." ["CGEL 15"];
        ObjectGerund "object-gerund": "A gerund right behind the cue is its object: “denied having planted the mine”." ["CGEL 14"];
        ObjectBeforeRelative "object-before-relative": "In “the charges, which the army denied” the antecedent is the content." ["CGEL 12"];
        ObjectAndPhrase "object-and-phrase": "Of whom and of what: object and prepositional phrase together are the content." ["CGEL 4; guide, content"];
        ObjectAndPredicate "object-and-predicate": "Whom and what: object and predicate together are the content of “dubbed them bandits”." ["CGEL 4"];
        LongObject "long-object": "A long object before “of” is whom it is about, so that the content is the phrase alone." ["guide, content"];
        Infinitive "infinitive": "The infinitive below the cue is what the speaker is going to do." ["UD xcomp; CGEL 14"];
        InfinitiveByOrder "infinitive-by-order": "An infinitive soon behind the cue is its own, wherever the tree hangs it." ["CGEL 14"];
        InfinitiveOfAddressee "infinitive-of-addressee": "In “urged the army to leave” the infinitive is the content and the object the addressee." ["UD xcomp; guide, to"];
        ObjectOfPreposition "object-of-preposition": "What the preposition that ends the cue governs is the content or, of “according to”, the speaker." ["CGEL 7"];
        RestOfCue "rest-of-cue": "The last words of the cue and what depends on them are the content: “responsibility for the blast”." ["guide, content"];
        AntecedentOfCue "antecedent-of-cue": "In “the blast, for which a cell claimed responsibility” the antecedent is the content." ["CGEL 12"];
        PhraseOfCue "phrase-of-cue": "A prepositional phrase of the cue is the content, its object the addressee: “warned the town of a raid”." ["CGEL 4"];
        PassiveImpersonal "passive-impersonal": "In “it is believed that” the clause is the content." ["CGEL 16"];
        PassiveRaising "passive-raising": "In “he is believed to have fled” subject and infinitive are the content." ["CGEL 14; guide, boundaries"];
        PassiveInfinitive "passive-infinitive": "In “residents were told to leave” the infinitive is the content and the subject the addressee." ["CGEL 14"];
        PassiveAntecedent "passive-antecedent": "In “raids attributed to the group” the noun is what somebody is accused of." ["CGEL 14"];
        PassivePhrase "passive-phrase": "In “he was accused of theft” subject and phrase are the content." ["CGEL 16; guide, content"];
        PassiveTrailing "passive-trailing": "Phrases right behind the predicate of a passive go with it: “is considered impassable by day”." ["guide, content"];
        PassiveSubject "passive-subject": "In “the toll was confirmed” the subject is the content." ["CGEL 16"];
        ClauseOfNoun "clause-of-noun": "A clause with “that” on a cue noun is the content." ["CGEL 11"];
        ClauseBehindAuthor "clause-behind-author": "In “claims by the rebels that” the clause is the noun's, though the tree hangs it on the author." ["CGEL 5"];
        InfinitiveOfNoun "infinitive-of-noun": "An infinitive on a cue noun is the content." ["CGEL 14"];
        PhraseOfNoun "phrase-of-noun": "A prepositional phrase on a cue noun is the content." ["CGEL 5"];
        ClauseOfAdverb "clause-of-adverb": "The clause that a cue adverb stands in is the content, without the adverb." ["CGEL 6"];
        AdverbOfNoun "adverb-of-noun": "“An allegedly stolen car” describes a noun and reports no clause." ["guide, boundaries"];
        ClauseOfPreposition "clause-of-preposition": "The clause that a cue preposition stands in is the content, without the phrase." ["CGEL 7"];
        OpensClause "preposition-opens-clause": "“Per” and “for” credit somebody only beside a comma, with an official or another who can speak: “Per the mayor, …”." ["guide, boundaries; CGEL 7"];
        PlanIsNoSpeaker "plan-is-no-speaker": "Plans, laws and ages govern nothing that is said: “according to plan”." ["CGEL 7"];

        // Where content begins and ends.
        StartBehindCue "start-behind-cue": "Adverbs, days, addressee and medium right behind the cue belong to it, so that the content starts behind them." ["guide, content"];
        StartBehindThat "start-behind-that": "The conjunction “that” belongs to the cue, so that the content starts behind it." ["guide, content"];
        StartBehindColon "start-behind-colon": "A colon between cue and clause opens the content, whatever the tree hangs its first words on." ["CGEL 20"];
        StartBehindDateline "start-behind-dateline": "A dateline is the wire's and no part of what is said." ["guide, content"];
        StartAtLaterClause "start-at-later-clause": "Where the cue hangs on a later part of its sentence, only that part is said." ["CGEL 15"];
        QuoteOverSentences "quote-over-sentences": "A quotation that began in an earlier sentence, or goes on into later ones, is said as a whole." ["CGEL 20; guide, content"];
        SecondPart "second-part": "What goes on behind cue and speaker is the second part of the content." ["CGEL 15; guide, content"];
        FirstPart "first-part": "What precedes the speaker of a cue between commas is the first part of the content." ["CGEL 15; guide, content"];
        GoesOnWithout "goes-on-without-subject": "Behind an interrupting cue, a coordinated verb without a subject goes on with what is said: “…, he said, but refused to disarm”." ["CGEL 15; guide, content"];
        TrailingWords "trailing-words": "Words right behind the content without a comma go with it, wherever the tree hangs them." ["guide, content"];
        CutAdding "cut-adding": "Content ends before “, adding that”, which is a statement of its own." ["guide, statements"];
        CutConjoinedCue "cut-conjoined-cue": "Content ends before “and denied”, a cue in the tense of the first and without a subject: the same speaker goes on." ["CGEL 15; guide, statements"];
        CutOtherSpeaker "cut-other-speaker": "Content ends before “; the mayor said” or “, while the mayor said”, where somebody else goes on." ["CGEL 15"];
        CutSecondParticiple "cut-second-participle": "Content of “accusing” ends before “and threatening”, a second act of the same speaker." ["CGEL 15; guide, statements"];
        CutNextCue "cut-next-cue": "An object ends before “and said”, where the next cue begins." ["CGEL 15"];
        OneQuotation "one-quotation": "The sentences of one quotation are one run of content." ["guide, content"];
        TrimMarks "trim-marks": "Punctuation at its ends, and the marks around a single quotation, are no part of what is said." ["guide, content"];
        TrimDenied "trim-denied": "A denial ends before a relative clause that somebody else says." ["guide, content"];

        // Who speaks.
        Agent "agent": "The by-phrase of a passive cue speaks." ["UD obl:agent"];
        Subject "subject": "The subject of the cue speaks, unless it only ends the words quoted right before the cue." ["UD nsubj; guide, source"];
        SubjectIsNobody "subject-is-nobody": "A subject such as “no group” or “nobody” is no speaker." ["CGEL 9"];
        Antecedent "antecedent": "A noun that the cue's clause or participle modifies speaks: “a source saying”; behind “who” the nearest person or people." ["CGEL 12 and 14"];
        WholeSpeaker "whole-speaker": "A speaker's apposition, age and bracket belong to the phrase; relative clauses and participles behind a comma do not." ["guide, source"];
        NounBesideCue "noun-beside-cue": "A noun right beside the cue speaks, wherever the tree hangs it." ["CGEL 11"];
        SpeakerOfConjoined "speaker-of-conjoined": "A cue joined to an outer one by its tense has the outer one's speaker." ["CGEL 15"];
        SpeakerOfAdding "speaker-of-adding": "“…, adding that” has the speaker of the cue before it." ["CGEL 14"];
        SpeakerOfParticiple "speaker-of-participle": "“and threatening” has the speaker of the participle before it." ["CGEL 15"];
        SpeakerBeforeAnd "speaker-before-and": "Where the tree is lost, a cue behind “and” has the speaker of the cue before it." ["CGEL 15"];
        QuotedBy "quoted-by": "Whom somebody quotes speaks, and the quoter passes it on." ["guide, source"];
        AuthorOfText "author-of-text": "Of “a statement by the ministry” the ministry speaks, and the statement is the medium." ["guide, medium"];
        IssuerOfText "issuer-of-text": "Who “issued a statement accusing” speaks, and the statement is the medium." ["guide, medium"];
        UserOfChannel "user-of-channel": "A channel does not speak; whoever uses it does." ["guide, medium"];
        CitedSource "cited-source": "“Citing two officials” puts the officials before who cites them." ["guide, source"];
        JoinedSpeakers "joined-speakers": "Speakers joined by “and” are one source." ["guide, source"];
        SpeakerBehindDateline "speaker-behind-dateline": "A dateline is the wire's and no part of the speaker behind its dash." ["guide, source"];
        PassiveWithoutAgent "passive-without-agent": "A passive cue without a by-phrase names nobody, whoever else stands in the sentence." ["guide, boundaries"];
        AdverbNamesNobody "adverb-names-nobody": "A cue adverb names nobody unless the model is sure of a speaker." ["guide, boundaries"];
        NobodySaid "nobody-said": "A silence without a silent body names nobody unless the model is sure of a speaker." ["guide, source"];
        Possessor "possessor": "The owner of a cue noun speaks: “the government's claim”." ["CGEL 5"];
        AuthorOfNoun "author-of-noun": "The by-phrase of a cue noun speaks: “a call by the union”." ["CGEL 5"];
        ModifierOfNoun "modifier-of-noun": "A noun before a cue noun speaks where it can: “army claims”." ["CGEL 5"];
        SubjectOfLightVerb "subject-of-light-verb": "The subject of a light verb speaks through its object: “repeated its call”." ["CGEL 4"];
        AddresseeOfCue "addressee-of-cue": "The object of “tell” and a to-phrase with somebody in it are who is told." ["guide, to"];
        MediumOfCue "medium-of-cue": "A phrase with a channel, text or occasion on the cue is the medium." ["guide, medium"];
        MediumBetweenCommas "medium-between-commas": "Such a phrase between commas behind the cue is the medium, wherever the tree hangs it." ["guide, medium; CGEL 15"];
        TrailingMedium "trailing-medium": "A channel of the speaker's own at the end of an object is the medium: “claimed the raid on its channel”." ["guide, medium"];
        ChannelOfText "channel-of-text": "Where a text and its channel are named, the channel is the medium." ["guide, medium"];

        // What the speaker does.
        OwnPlan "own-plan": "Who announces what he is going to do pledges it." ["guide, act"];
        WarnedOfConsequences "warned-of-consequences": "Who warns somebody of or against something threatens." ["guide, act; CAMEO 13"];
        OwnAction "own-action": "Who warns of what he himself is going to do threatens." ["guide, act; CAMEO 13"];
        OwnPeople "own-people": "What the speaker's own fighters, members or men are going to do is the speaker's doing." ["guide, act; CAMEO 13"];
        WarnedOfRetaliation "warned-of-retaliation": "Who warns of a response or of consequences threatens." ["CAMEO 13"];
        Question "question": "“Asked whether” puts a question and demands nothing." ["CGEL 10"];
        AskedThat "asked-that": "“Asked that it be opened” demands." ["CGEL 11"];
        ToldTo "told-to": "Who tells somebody to do something demands it." ["guide, act"];
        WarnedTo "warned-to": "Who warns somebody to do something demands it." ["guide, act"];
        ClaimedResponsibility "claimed-responsibility": "Who is said to have claimed responsibility claims it, in the passive too." ["guide, act"];
        ThreatCode "threat-code": "What has become a threat by refinement is coded as one." ["PLOVER; CAMEO 13"];
        DemandCode "demand-code": "What has become a demand by refinement is coded as a request." ["PLOVER; CAMEO 10"];
        NegatedCue "negated-cue": "Who “did not say” is silent." ["guide, act"];
        UnableToConfirm "unable-to-confirm": "Who “could not certify” doubts." ["guide, act"];
        NegatedEstimate "negated-estimate": "Under “does not believe” it is the content that is negated." ["CGEL 9"];
        NegatedWish "negated-wish": "Who “did not demand” says nothing." ["guide, statements"];

        // Polarity and certainty.
        NegatedMainWord "negated-main-word": "A negation on its main word, or on its first verb where the tree has no main word, negates the content." ["guide, polarity"];
        NegatedSubject "negated-subject": "A subject with “no” negates the clause." ["CGEL 9"];
        NoPredicate "no-predicate": "A “no” on the predicate of a copula negates the clause: “was no accident”." ["CGEL 9"];
        NotOnly "not-only": "“Not only” affirms." ["CGEL 9"];
        ModalInContent "modal-in-content": "A modal or adverb of the content's main clause lowers its certainty." ["FactBank; CGEL 3"];

        // Kinds of source.
        OutletIsMedia "outlet-is-media": "An outlet of the registry is a medium, whatever its name says." ["guide, source"];
        NamedOfficial "named-official": "A named person with an office, a rank or a title is a named official." ["guide, source"];
        FightersName "fighters-name": "A body with a military name and no mark of a state is an armed group: “Strangers Division”, “Free Army of the North”." ["ACLED, actor names; UCDP, dyads"];
        OutletsName "outlets-name": "A name that ends as papers and stations do is a medium, though no registry knows it." ["guide, source"];
        OfFighters "of-fighters": "A commander or spokesman of an armed group speaks for an armed group." ["guide, source"];
        NounOfKind "noun-of-kind": "The noun's line in lexicon/agents.tsv tells the kind." ["guide, source"];
        NameOfKind "name-of-kind": "The name's line in lexicon/groups.tsv tells the kind." ["UCDP Actor Dataset"];
        StateBody "state-body": "A name with a word of government in it is a body of a state." ["ACLED, actor names"];
        CountrySpeaks "country-speaks": "A country or a people that speaks is its government." ["CAMEO, actors"];
        KindOfEntity "kind-of-entity": "Who is called by a pronoun or a short name is of the kind that the other mentions tell." ["CGEL 17"];

        // Silences.
        SilentSpeaker "silent-speaker": "The subject of a verb that is not done, or the from-phrase of a noun, is silent." ["guide, statements"];
        SilentSubject "silent-subject": "Who could not be reached for comment is silent, though the verb is passive." ["guide, statements"];
        NegatedBySubject "negated-by-subject": "A subject with “neither” or “no” says the “not” of a silence: “neither side has commented”." ["CGEL 9"];
        NeitherSpeaks "neither-speaks": "“Neither the army nor the police” names those who are silent; “nobody” does not." ["CGEL 9; guide, source"];
        NoneOfThem "none-of-them": "In “none of the posts could be verified” the posts are what is doubted." ["CGEL 5 and 9"];
        NobodyKnows "nobody-knows": "“It is not clear” names nobody as silent." ["guide, source"];
        SilenceAboutSubject "silence-about-subject": "Without words behind the cue the subject is what there is silence about." ["guide, content"];
        SilenceBehindPreposition "silence-behind-preposition": "The preposition between cue and topic is the cue's." ["guide, content"];
        SilenceOfCue "silence-of-cue": "Without any topic the cue's own words are the content." ["guide, content"];
        CutAfterSilence "cut-after-silence": "What nobody has said ends where the sentence goes on about something else." ["CGEL 15"];
        SilenceBesideStatement "silence-beside-statement": "A body that is said to be silent and is quoted in the same report is worth a note." ["guide, statements"];

        // Marks as cues.
        ColonHeadline "colon-headline": "A speaker before a colon says what follows: “Monitor: 16 killed”." ["guide, boundaries"];
        TownIsNoSpeaker "town-is-no-speaker": "A larger place before a colon is where it happened, though the model sees a person." ["guide, boundaries"];
        TrailingSpeaker "trailing-speaker": "In a headline a speaker behind a dash says what precedes." ["guide, boundaries"];

        // Over all statements of a text.
        JoinedCarrier "joined-carrier": "Who only passes a statement on joins its chain: “…, according to a wire service”." ["guide, source"];
        BlockBehindColon "block-behind-colon": "A cue that ends its paragraph with a colon has the next paragraph as content: “issued the following statement:”." ["CGEL 20; guide, content"];
        PrepositionOpensContent "preposition-opens-content": "In “residents say that, according to the imam,” the imam says it and the residents pass it on." ["guide, source"];
        ContinuedQuote "continued-quote": "A quotation that follows a quoted statement goes on with it." ["CGEL 11 and 20"];
        SelfInQuotation "self-in-quotation": "“I” and “we” inside a quotation are whoever is quoted." ["CGEL 17; guide, resolved"];
        PassedOn "passed-on": "The speakers of the statement around a nested one pass it on." ["guide, source"];
        VouchingAct "vouching-act": "Who denies, doubts or condemns a statement does not pass it on." ["guide, source"];
        UnnamedAccuser "unnamed-accuser": "An accuser who is not named is not the one who reports the accusation." ["guide, boundaries"];
        SpeakersPronoun "speakers-pronoun": "A pronoun that speaks inside what somebody says is that somebody." ["CGEL 17"];
        SmallestAround "smallest-around": "A statement whose cue stands in another one's content is nested in the smallest such." ["PDTB"];

        // The model's attributions.
        ModelCue "model-cue": "A cue that only the model sees makes a statement where the model is sure." ["PolNeAR"];
        ContentByModel "content-by-model": "The model's content takes the place of one guessed by word order, or of any where the model is nearly certain." ["PolNeAR"];
        BothPartsStand "both-parts-stand": "Where the rules see both parts of what the cue interrupts, the model's one run does not take their place." ["guide, content"];
        ContentInParagraph "content-in-paragraph": "Outside of quotations the model's content ends with the paragraph of its cue, since a line of its own is somebody else's." ["guide, boundaries"];
        AddresseeOutside "addressee-outside": "The model's content does not take in the addressee of “urged the army to leave”." ["guide, to"];
        PerformativeDeclaration "performative-declaration": "Who declares a ceasefire or a state of emergency does it and says nothing, unless a clause or a quotation tells what." ["guide, boundaries"];
        SourceByModel "source-by-model": "Where the tree has no speaker, or another than the model is sure of, the model's source speaks: a subject far from its verb is lost in a wrong tree." ["PolNeAR"];
        SecondWitness "second-witness": "A guess by word order that the model does not see is dropped." ["PolNeAR"];
        NoSpeech "no-speech": "Verbs of wishing, doing, perceiving and naming are no cues, though the model's corpus has them." ["guide, boundaries"];
    }
}
