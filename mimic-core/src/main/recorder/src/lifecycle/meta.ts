import { toJson } from "../host/native";
import { stars } from "../privacy/mask";
import type { Policy } from "../privacy/policy";

interface UserAgentData {
  brands?: Array<{ brand: string; version: string }>;
  mobile?: boolean;
  platform?: string;
  getHighEntropyValues?(hints: string[]): Promise<{ platformVersion?: string; fullVersionList?: Array<{ brand: string; version: string }> }>;
}

let platformVersion: string | undefined;

/** Asks ahead for what the browser only tells later. */
export function learnPlatform(): void {
  const agent = (navigator as Navigator & { userAgentData?: UserAgentData }).userAgentData;
  agent
    ?.getHighEntropyValues?.(["platformVersion"])
    .then((values) => {
      platformVersion = values.platformVersion;
    })
    .catch(() => undefined);
}

function userAgentData(): object | undefined {
  const agent = (navigator as Navigator & { userAgentData?: UserAgentData }).userAgentData;
  if (!agent) return undefined;
  const { brands, mobile, platform } = agent;
  return { brands: brands?.map(({ brand, version }) => ({ brand, version })), mobile, platform, platformVersion };
}

function timeZone(): string | undefined {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** What the first batch of a page says about the browser. */
export function clientMeta(policy: Policy, version: string): string {
  const title = document.title.slice(0, 300);
  return toJson({
    url: policy.url(location.href),
    referrer: policy.url(document.referrer),
    title: policy.strict ? stars(title) : policy.text(title),
    language: navigator.language,
    languages: [...(navigator.languages ?? [])].slice(0, 10),
    timeZone: timeZone(),
    screen: { width: screen.width, height: screen.height, pixelRatio: window.devicePixelRatio },
    viewport: { width: window.innerWidth, height: window.innerHeight },
    userAgentData: userAgentData(),
    recorder: version,
    privacy: policy.preset,
  });
}
