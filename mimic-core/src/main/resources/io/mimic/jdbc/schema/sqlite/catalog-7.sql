-- Everybody who was identified in a session; mimic_session.user_id is the last of them.
CREATE TABLE mimic_session_identity (
  project TEXT NOT NULL,
  user_id TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  session TEXT NOT NULL,
  PRIMARY KEY (project, session, user_id)
) WITHOUT ROWID;
CREATE INDEX mimic_session_identity_newest ON mimic_session_identity (project, user_id, started_at, session);
INSERT INTO mimic_session_identity (project, user_id, started_at, session)
  SELECT project, user_id, started_at, session FROM mimic_session WHERE user_id IS NOT NULL;
