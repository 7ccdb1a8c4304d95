-- Everybody who was identified in a session; mimic_session.user_id is the last of them.
CREATE TABLE IF NOT EXISTS mimic_session_identity (
  project TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  started_at BIGINT NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, session, user_id)
);
CREATE INDEX IF NOT EXISTS mimic_session_identity_newest ON mimic_session_identity (project, user_id, started_at, session);
INSERT INTO mimic_session_identity (project, user_id, started_at, session)
  SELECT project, user_id, started_at, session FROM mimic_session WHERE user_id IS NOT NULL
  ON CONFLICT DO NOTHING;
