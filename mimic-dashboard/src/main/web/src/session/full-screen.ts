export function toggleFullScreen(screen: HTMLElement | null): void {
  const player = screen?.querySelector('.player');
  if (document.fullscreenElement) void document.exitFullscreen();
  else void player?.requestFullscreen().catch(() => undefined);
}
