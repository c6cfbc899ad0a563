-- By its report, to strike it off an import that had expected it in vain.
CREATE INDEX desk_import_report_report ON desk_import_report (report);
