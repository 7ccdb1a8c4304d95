package com.example.shop.catalogue;

/** A shelf of the shop; {@code slug} is its address, {@code picture} the name of a drawing. */
public record Category(String slug, String name, String blurb, String picture) {}
