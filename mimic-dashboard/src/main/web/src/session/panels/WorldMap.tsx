/** Drawn from what the bundle holds; no tile server learns which place is looked at. */
export function WorldMap({ code, label }: { code: string | null; label: string | null }) {
  return <svg className="map" viewBox="0 0 400 153" role="img" aria-label={`World map${label ? `: ${label}` : ''}`}><title>{code ?? ''}</title></svg>;
}
