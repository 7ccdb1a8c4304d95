package io.mimic.catalog.jdbc;

/** How many characters a column means to hold; what is longer is cut with an ellipsis, documents are left out. */
final class ColumnWidth {
    static final int URL = 2000;
    static final int URLS = 8000;
    static final int TITLE = 500;
    static final int NAME = 200;
    static final int WORD = 80;
    static final int LABEL = 200;
    static final int DOCUMENT = 65_536;

    private ColumnWidth() {}
}
