-- Errors and failed requests by what FailureName calls them, so that the sessions with the same one are found.
CREATE TABLE mimic_session_failure (
  project TEXT NOT NULL,
  failure TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  session TEXT NOT NULL,
  PRIMARY KEY (project, session, failure)
) WITHOUT ROWID;
CREATE INDEX mimic_session_failure_newest ON mimic_session_failure (project, failure, started_at, session);
