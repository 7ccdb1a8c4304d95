package io.mimic.catalog;

/**
 * What a session shows at an address that its pages name.
 *
 * @param url absolute address as it was recorded, without a fragment; at most 1,000 ASCII characters
 * @param asset what was there
 */
public record SessionAsset(String url, AssetRow asset) {}
