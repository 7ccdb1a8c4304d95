import { lazy, Suspense, useMemo } from 'react';
import { QueryClientProvider, type QueryClient, useQuery as useData } from '@tanstack/react-query';
import { Route, Router, Switch } from 'wouter';
import { createQueryClient, meQuery, sessionQuery, timelineQuery } from './api/queries';
import { ApiError } from './api/client';
import { HostRefusal } from './login/HostRefusal';
import { LoginScreen } from './login/LoginScreen';
import { BASE } from './routes';
import { SessionsScreen } from './sessions/SessionsScreen';
import { Announcer } from './ui/announce';
import { Guard } from './ui/Guard';
import { Failure } from './ui/parts';
import { Shell } from './ui/Shell';
import { NotFound } from './ui/NotFound';

const loadSession = () => import('./session/SessionScreen');
const SessionScreen = lazy(loadSession);
const SettingsScreen = lazy(() => import('./settings/SettingsScreen'));

/** Who opens a link to a moment waits for who they are, for the screen and for its data at once, not for one after the other. */
function openEarly(client: QueryClient): QueryClient {
  const id = /^\/sessions\/([\w-]{1,64})$/.exec(location.pathname.slice(BASE.length))?.[1];
  if (id) {
    void loadSession();
    void client.prefetchQuery(sessionQuery(id));
    void client.prefetchQuery(timelineQuery(id, false));
  }
  return client;
}

export function App() {
  const client = useMemo(() => openEarly(createQueryClient()), []);
  return (
    <QueryClientProvider client={client}>
      <Router base={BASE}>
        <Guard>
          <Gate />
        </Guard>
        <Announcer />
      </Router>
    </QueryClientProvider>
  );
}

/** Signed in or not; a link that needed signing in opens after it, since the address stays. */
function Gate() {
  const me = useData(meQuery);
  if (me.error instanceof ApiError && me.error.byHost) return <HostRefusal error={me.error} onRetry={() => void me.refetch()} />;
  if (me.error instanceof ApiError && me.error.status === 401) return <LoginScreen />;
  if (me.error && !me.data) {
    return <main className="alone"><Failure level="h1" what="The dashboard" error={me.error} onRetry={() => void me.refetch()} /></main>;
  }
  if (!me.data) return <main className="alone" aria-busy="true"><h1 className="sr-only">Loading</h1></main>;
  return (
    <Shell me={me.data}>
      <Suspense fallback={<main id="main" className="alone" aria-busy="true"><h1 className="sr-only">Loading</h1></main>}>
        <Switch>
          <Route path="/"><SessionsScreen me={me.data} /></Route>
          <Route path="/sessions/:id">{({ id }) => <SessionScreen key={id} id={id} me={me.data} />}</Route>
          <Route path="/settings"><SettingsScreen me={me.data} /></Route>
          <Route><NotFound /></Route>
        </Switch>
      </Suspense>
    </Shell>
  );
}
