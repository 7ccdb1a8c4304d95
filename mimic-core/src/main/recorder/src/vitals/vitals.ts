import { onCLS, onFCP, onINP, onLCP, onTTFB, type Metric } from "web-vitals";
import { takeBack } from "./globals";

export interface Vital {
  name: string;
  value: number;
  rating: string;
}

export interface Vitals {
  /** Reports what has changed since it was last reported. */
  flush(): void;
  /** Takes every listener and observer back. */
  stop(): void;
}

export interface VitalsModule {
  recordVitals(report: (vital: Vital) => void): Vitals;
}

/** Follows the page's web vitals. Those that grow are reported when the page ends, the others as soon as they are known. */
export const recordVitals: VitalsModule["recordVitals"] = (report) => {
  const latest = new Map<string, Metric>();
  const reported = new Map<string, number>();
  const send = (metric: Metric): void => {
    if (reported.get(metric.name) === metric.value) return;
    reported.set(metric.name, metric.value);
    report({ name: metric.name, value: Math.round(metric.value * 1000) / 1000, rating: metric.rating });
  };
  const keep = (metric: Metric): void => void latest.set(metric.name, metric);
  const options = { reportAllChanges: true };
  onLCP(keep, options);
  onINP(keep, options);
  onCLS(keep, options);
  onFCP(send);
  onTTFB(send);
  return { flush: () => latest.forEach(send), stop: takeBack };
};
