import { lazy, Suspense, useMemo } from 'react';
import { QueryClientProvider, useQuery as useData } from '@tanstack/react-query';
import { Route, Router, Switch } from 'wouter';
import { createQueryClient, meQuery } from './api/queries';
import { ApiError } from './api/client';
import { HostRefusal } from './login/HostRefusal';
import { LoginScreen } from './login/LoginScreen';
import { BASE } from './mount';
import { SessionsScreen } from './sessions/SessionsScreen';
import { Announcer } from './ui/announce';
import { Guard } from './ui/Guard';
import { Failure } from './ui/parts';
import { Shell } from './ui/Shell';
import { NotFound } from './ui/NotFound';

const SessionScreen = lazy(() => import('./session/SessionScreen'));
const SettingsScreen = lazy(() => import('./settings/SettingsScreen'));

export function App() {
  const client = useMemo(createQueryClient, []);
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
