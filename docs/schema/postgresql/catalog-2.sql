CREATE TABLE IF NOT EXISTS mimic_schema (part VARCHAR(20) PRIMARY KEY, version INTEGER NOT NULL, oldest INTEGER NOT NULL);

-- Who is logged in to the dashboard. The password's hash at that time: another one ends the login.
CREATE TABLE IF NOT EXISTS mimic_login (
  token_hash TEXT COLLATE "C" PRIMARY KEY,
  project TEXT COLLATE "C" NOT NULL,
  password_hash TEXT COLLATE "C" NOT NULL,
  begun_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS mimic_login_seen ON mimic_login (seen_at);

INSERT INTO mimic_schema (part, version, oldest) VALUES ('catalog', 2, 1)
  ON CONFLICT (part) DO UPDATE SET version = excluded.version, oldest = excluded.oldest;
