let failures = 0;
let last: string | null = null;

/** Remembers a failure of the recorder for `mimic.status()`; nobody else hears of it. */
export function noteFailure(error: unknown): void {
  failures++;
  try {
    last = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    last = "unprintable";
  }
}

export function failureCount(): number {
  return failures;
}

export function lastFailure(): string | null {
  return last;
}

/** The same function, except that what it throws ends here. */
export function guarded<A extends unknown[], R>(run: (...args: A) => R): (...args: A) => R | undefined {
  return (...args: A) => {
    try {
      return run(...args);
    } catch (error) {
      noteFailure(error);
      return undefined;
    }
  };
}
