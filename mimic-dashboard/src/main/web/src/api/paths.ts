/** Where what is asked for ahead of the dashboard's own script is. */

export const ME = 'api/me';
export const sessionAt = (id: string) => `api/sessions/${encodeURIComponent(id)}`;
export const timelineAt = (id: string) => `${sessionAt(id)}/timeline`;
