export interface Item { id: string }
export interface Recording { timeline: object }
export function sessionList(count: number, now: number): Item[];
export function recordingOf(item: Item | undefined, n: number): Recording;
export function detailOf(item: Item | undefined, recording: Recording): object;
