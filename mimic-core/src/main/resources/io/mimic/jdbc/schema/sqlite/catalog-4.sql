-- A login with the second password is a viewer's.
ALTER TABLE mimic_login ADD COLUMN role TEXT NOT NULL DEFAULT 'admin';

-- A project's second password, for those who may only watch.
CREATE TABLE mimic_viewer (
  project TEXT PRIMARY KEY,
  password_hash TEXT NOT NULL
) WITHOUT ROWID;

-- Tokens of scripts. rights: words with a blank between them. used_at: 0 for never.
CREATE TABLE mimic_token (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  project TEXT NOT NULL,
  name TEXT NOT NULL,
  rights TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
);
CREATE INDEX mimic_token_project ON mimic_token (project, made_at, id);

-- Who looked at, exported, erased and changed what.
CREATE TABLE mimic_access (
  id TEXT PRIMARY KEY,
  project TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT,
  address TEXT,
  action TEXT NOT NULL,
  target TEXT,
  outcome TEXT
);
CREATE INDEX mimic_access_newest ON mimic_access (project, at, id);
CREATE INDEX mimic_access_age ON mimic_access (at);

-- Projects that were ended and whose sessions are being erased.
CREATE TABLE mimic_removal (
  project TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  begun_at INTEGER NOT NULL
) WITHOUT ROWID;
