package io.mimic.asset;

/**
 * What this process has kept since it started.
 *
 * @param kept assets that were fetched and stored, or found unchanged
 * @param refused addresses and answers that may not be kept: another origin, a private address, a wrong type, too large, not found
 * @param failed requests that were not answered rightly or in time
 * @param left sessions whose assets were not looked for, since too many waited
 */
public record AssetCounts(long kept, long refused, long failed, long left) {
    /** Of a process that keeps none. */
    public static final AssetCounts NONE = new AssetCounts(0, 0, 0, 0);
}
