CREATE TABLE IF NOT EXISTS mimic_schema (part VARCHAR(20) PRIMARY KEY, version INTEGER NOT NULL, oldest INTEGER NOT NULL);

-- Pictures, fonts and style sheets that recorded pages showed, once each.
CREATE TABLE IF NOT EXISTS mimic_asset (
  project TEXT COLLATE "C" NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL,
  object TEXT COLLATE "C" NOT NULL UNIQUE,
  type TEXT COLLATE "C" NOT NULL,
  bytes BIGINT NOT NULL,
  stored_at BIGINT NOT NULL,
  PRIMARY KEY (project, sha256)
);

-- What a session shows at an address.
CREATE TABLE IF NOT EXISTS mimic_session_asset (
  project TEXT COLLATE "C" NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  url TEXT COLLATE "C" NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, session, url)
);
CREATE INDEX IF NOT EXISTS mimic_session_asset_content ON mimic_session_asset (project, sha256);

INSERT INTO mimic_schema (part, version, oldest) VALUES ('catalog', 5, 1)
  ON CONFLICT (part) DO UPDATE SET version = excluded.version, oldest = excluded.oldest;
