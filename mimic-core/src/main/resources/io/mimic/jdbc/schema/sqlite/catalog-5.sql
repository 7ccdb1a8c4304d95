-- Pictures, fonts and style sheets that recorded pages showed, once each.
CREATE TABLE mimic_asset (
  project TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  object TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  stored_at INTEGER NOT NULL,
  PRIMARY KEY (project, sha256)
) WITHOUT ROWID;

-- What a session shows at an address.
CREATE TABLE mimic_session_asset (
  project TEXT NOT NULL,
  session TEXT NOT NULL,
  url TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (project, session, url)
) WITHOUT ROWID;
CREATE INDEX mimic_session_asset_content ON mimic_session_asset (project, sha256);
