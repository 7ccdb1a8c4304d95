import world from './world.json';

const places = world.places as unknown as Record<string, [number, number] | undefined>;

/** Drawn from what the bundle holds; no tile server learns which place is looked at. The dot is the country's, not the visitor's. */
export function WorldMap({ code, label }: { code: string | null; label: string | null }) {
  const at = code ? places[code.toUpperCase()] : undefined;
  return (
    <svg className="map" viewBox={`0 0 ${world.width} ${world.height}`} role="img" aria-label={at ? `World map with a dot in ${label ?? code}` : 'World map; the place is not known'}>
      <path className="map-land" d={world.path} />
      {at && <><circle className="map-halo" cx={at[0]} cy={at[1]} r="12" /><circle className="map-dot" cx={at[0]} cy={at[1]} r="4.5" /></>}
    </svg>
  );
}
