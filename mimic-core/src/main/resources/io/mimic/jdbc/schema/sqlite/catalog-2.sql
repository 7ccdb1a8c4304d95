-- Who is logged in to the dashboard. The password's hash at that time: another one ends the login.
CREATE TABLE mimic_login (
  token_hash TEXT PRIMARY KEY,
  project TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX mimic_login_seen ON mimic_login (seen_at);
