/** Where the dashboard is mounted, without the slash at the end; '' at the root. */
export const BASE = new URL(document.baseURI).pathname.replace(/\/$/, '');

/** The session that this address names; null for any other screen. */
export const sessionInAddress = () => /^\/sessions\/([\w-]{1,64})$/.exec(location.pathname.slice(BASE.length))?.[1] ?? null;
