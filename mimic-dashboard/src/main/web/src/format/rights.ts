import type { Me } from '../api/types';

/** What gives someone the rights that they lack. */
export const remedy = (me: Pick<Me, 'login'>) => (me.login === 'host' ? 'a role of the application that mimic.dashboard.admin-role names' : 'signing in with the project’s own password');
