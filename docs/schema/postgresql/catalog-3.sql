CREATE TABLE IF NOT EXISTS mimic_schema (part VARCHAR(20) PRIMARY KEY, version INTEGER NOT NULL, oldest INTEGER NOT NULL);

-- Origins of a project's pages, separated by blanks. Empty: those of mimic.cross-origins.
ALTER TABLE mimic_project ADD COLUMN IF NOT EXISTS origins TEXT COLLATE "C" NOT NULL DEFAULT '';

INSERT INTO mimic_schema (part, version, oldest) VALUES ('catalog', 3, 1)
  ON CONFLICT (part) DO UPDATE SET version = excluded.version, oldest = excluded.oldest;
