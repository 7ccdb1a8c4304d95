-- Origins of a project's pages, separated by blanks. Empty: those of mimic.cross-origins.
ALTER TABLE mimic_project ADD COLUMN origins TEXT NOT NULL DEFAULT '';
