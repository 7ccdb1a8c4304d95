import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Me, Project } from '../api/types';
import { ago } from '../format/time';
import { count, counted, size } from '../format/values';
import { Button, cx } from '../ui/parts';
import { Card, Loaded, Table } from './parts';
import { EditProject, NewProject, RemoveProject } from './ProjectDialogs';
import { projectsQuery } from './queries';

function Last({ project, now }: { project: Project; now: number }) {
  if (project.active > 0) return <span className="up"><span className="live-dot" />now</span>;
  return project.newestAt ? <>{ago(Date.parse(project.newestAt), now)}</> : <span className="muted">never</span>;
}

export function ProjectsCard({ me }: { me: Me }) {
  const projects = useQuery(projectsQuery);
  const [making, setMaking] = useState(false);
  const [editing, setEditing] = useState<Project | null>(null);
  const [removing, setRemoving] = useState<Project | null>(null);
  const now = Date.now();
  return (
    <Card
      id="projects"
      title={me.server ? 'Projects' : 'Project'}
      text={me.server ? 'One for each app, or each of its environments. You administer all of this server, since you are an admin of its own project.' : 'Other projects are administered by an admin of this server’s own project.'}
      action={me.server && <Button size="small" onClick={() => setMaking(true)}><Plus className="i" aria-hidden="true" />New project</Button>}
    >
      <Loaded query={projects} what="Projects">{({ items, going }) => (
        <>
          <Table label="Projects" head={['Name', 'Id', { name: 'Sessions', num: true }, { name: 'Stored', num: true }, 'Last session', 'Viewers', { name: 'Actions', hidden: true }]}>
            {items.map((project) => (
              <tr key={project.id} className={cx(project.id === me.project.id && 'is-on')}>
                <td><b className="name trunc" title={project.name}>{project.name}</b>{project.own && <span className="env" title="The project of this webapp">own</span>}</td>
                <td className="mono">{project.id}</td>
                <td className="num">{count(project.sessions)}</td>
                <td className="num">{size(project.bytes)}</td>
                <td><Last project={project} now={now} /></td>
                <td>{project.viewerPassword ? 'have a password' : <span className="muted">none</span>}</td>
                <td className="act">
                  <Button size="small" tone="quiet" aria-label={`Change ${project.name}`} onClick={() => setEditing(project)}>Change</Button>
                  {me.server && <Button size="small" tone="quiet" className="remove" disabled={project.own} title={project.own ? 'The webapp would make it again at its next start' : undefined} aria-label={`Remove ${project.name}`} onClick={() => setRemoving(project)}>Remove</Button>}
                </td>
              </tr>
            ))}
          </Table>
          {going.map((one) => <p key={one.id} className="card-f going">{one.name} is being removed: {counted(one.sessions, 'session')} to go.</p>)}
        </>
      )}</Loaded>
      <NewProject open={making} onClose={() => setMaking(false)} />
      {editing && <EditProject project={editing} me={me} onClose={() => setEditing(null)} />}
      {removing && <RemoveProject project={removing} onClose={() => setRemoving(null)} />}
    </Card>
  );
}
