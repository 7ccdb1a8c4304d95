package io.mimic.privacy;

/** Kinds of bytes of UTF-8 text. */
final class Bytes {
    private Bytes() {}

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    static boolean isWord(byte b) {
        return isLetter(b) || isDigit(b) || b == '_';
    }

    /** Whether a word begins here; what is percent-encoded counts as what it stands for. */
    static boolean beginsWord(byte[] text, int floor, int i) {
        boolean encoded = i - floor >= 3 && text[i - 3] == '%' && isHex(text[i - 2]) && isHex(text[i - 1]);
        return i == floor || encoded || !isWord(text[i - 1]);
    }

    /** Of a character beyond ASCII, but not its first. */
    static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    static boolean isHex(byte b) {
        return isDigit(b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
    }

    /**
     * Length of the escape of JSON that a backslash begins, in text that something else follows.
     *
     * @return 0 when it is none, or the text ends within it
     */
    static int escape(byte[] text, int at) {
        return switch (text[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' ->
                isHex(text[at + 2]) && isHex(text[at + 3]) && isHex(text[at + 4]) && isHex(text[at + 5]) ? 6 : 0;
            default -> 0;
        };
    }

    /** Of an HTTP credential. */
    static boolean isToken(byte b) {
        return isWord(b) || b == '.' || b == '~' || b == '+' || b == '/' || b == '=' || b == '-';
    }

    /** Whether the text ends, at {@code end}, with a word in lower case, whatever its case there. */
    static boolean endsWith(byte[] text, int from, int end, String word) {
        int start = end - word.length();
        if (start < from) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((text[start + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
