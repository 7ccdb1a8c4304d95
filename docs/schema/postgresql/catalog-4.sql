CREATE TABLE IF NOT EXISTS mimic_schema (part VARCHAR(20) PRIMARY KEY, version INTEGER NOT NULL, oldest INTEGER NOT NULL);

-- A login with the second password is a viewer's.
ALTER TABLE mimic_login ADD COLUMN IF NOT EXISTS role TEXT COLLATE "C" NOT NULL DEFAULT 'admin';

-- A project's second password, for those who may only watch.
CREATE TABLE IF NOT EXISTS mimic_viewer (
  project TEXT COLLATE "C" PRIMARY KEY,
  password_hash TEXT COLLATE "C" NOT NULL
);

-- Tokens of scripts. rights: words with a blank between them. used_at: 0 for never.
CREATE TABLE IF NOT EXISTS mimic_token (
  id TEXT COLLATE "C" PRIMARY KEY,
  token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
  project TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  rights TEXT COLLATE "C" NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS mimic_token_project ON mimic_token (project, made_at, id);

-- Who looked at, exported, erased and changed what.
CREATE TABLE IF NOT EXISTS mimic_access (
  id TEXT COLLATE "C" PRIMARY KEY,
  project TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C",
  address TEXT COLLATE "C",
  action TEXT COLLATE "C" NOT NULL,
  target TEXT COLLATE "C",
  outcome TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS mimic_access_newest ON mimic_access (project, at, id);
CREATE INDEX IF NOT EXISTS mimic_access_age ON mimic_access (at);

-- Projects that were ended and whose sessions are being erased.
CREATE TABLE IF NOT EXISTS mimic_removal (
  project TEXT COLLATE "C" PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL,
  begun_at BIGINT NOT NULL
);

INSERT INTO mimic_schema (part, version, oldest) VALUES ('catalog', 4, 1)
  ON CONFLICT (part) DO UPDATE SET version = excluded.version, oldest = excluded.oldest;
