export function everything(at: number, evil: string): object[];
export function shouted(events: object[]): object[];
export function slow(at: number): object[];
export function slowStack(): string;
export function slowPlace(): string;
