package io.mimic.asset;

import java.time.Duration;

/**
 * How much is fetched.
 *
 * @param assetBytes of one asset, at most
 * @param sessionBytes of all assets that one session names, at most
 * @param sessionAssets how many assets a session has, at most
 * @param sessionTime how long one run for a session may take
 * @param requestTime how long one request may take, from the first to the last byte
 * @param fresh how long an answer counts before its address is asked again
 */
public record AssetLimits(
        long assetBytes,
        long sessionBytes,
        int sessionAssets,
        Duration sessionTime,
        Duration requestTime,
        Duration fresh) {
    /** The bounds that are no settings. */
    public static AssetLimits of(long assetBytes, long sessionBytes) {
        return new AssetLimits(
                Math.min(assetBytes, Integer.MAX_VALUE - 16),
                sessionBytes,
                300,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10));
    }
}
