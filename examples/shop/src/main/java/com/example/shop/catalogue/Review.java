package com.example.shop.catalogue;

import java.time.LocalDate;

/** What a customer wrote about a product, with one to five stars. */
public record Review(String author, LocalDate date, int stars, String title, String text) {}
