export type Preset = "strict" | "inputs" | "none";

const LONGEST = 32;

/** Text as stars, white space kept so that the layout is. */
export function stars(text: string): string {
  return text.replace(/\S/g, "*");
}

/** A typed value as stars. Long ones all look alike. */
export function valueStars(text: string): string {
  return text.length > LONGEST ? "*".repeat(LONGEST) : stars(text);
}

/** A password as stars whose number says nothing. */
export function secretStars(text: string): string {
  return text === "" ? "" : "********";
}
