package io.mimic.privacy;

/**
 * Payment card numbers: 13 to 19 digits that begin as a card network's numbers do and pass Luhn's check, in one run or in the groups that are
 * printed on cards. One number in forty of that length is taken for one by chance.
 */
final class CardNumber {
    static final int SHORTEST = 13;
    private static final int LONGEST = 19;

    private CardNumber() {}

    /**
     * @param from where the first digit lies
     * @return where the number ends; -1 when none begins there
     */
    static int end(byte[] text, int from, int end) {
        byte[] digits = new byte[LONGEST];
        int[] sizes = new int[LONGEST];
        int count = 0;
        int groups = 0;
        int best = -1;
        for (int i = from; i < end && Bytes.isDigit(text[i]); ) {
            int start = i;
            while (i < end && Bytes.isDigit(text[i])) {
                if (count == LONGEST) {
                    return best;
                }
                digits[count++] = (byte) (text[i++] - '0');
            }
            sizes[groups++] = i - start;
            if (endsAt(text, i, end) && grouped(sizes, groups) && issued(digits, count) && passes(digits, count)) {
                best = i;
            }
            int gap = separator(text, i, end);
            if (gap == 0 || !printable(sizes, groups)) {
                return best;
            }
            i += gap;
        }
        return best;
    }

    /**
     * Passes over digits and what may part them, where no number can be, in text that something else follows.
     *
     * @return where they end; -1 when they are enough for a number
     */
    static int runEnd(byte[] text, int from) {
        int count = 0;
        int i = from;
        while (true) {
            if (Bytes.isDigit(text[i])) {
                count++;
                i++;
            } else {
                int gap = separator(text, i, text.length);
                if (count >= SHORTEST || gap == 0) {
                    return count >= SHORTEST ? -1 : i;
                }
                i += gap;
            }
        }
    }

    /** A whole number in JSON, which has no groups. */
    static boolean is(byte[] text, int from, int to) {
        return to - from > SHORTEST && to - from <= LONGEST && end(text, from, to) == to;
    }

    private static boolean endsAt(byte[] text, int i, int end) {
        boolean decimals = i + 1 < end && text[i] == '.' && Bytes.isDigit(text[i + 1]);
        return i == end || !(Bytes.isWord(text[i]) || decimals);
    }

    private static int separator(byte[] text, int i, int end) {
        if (i >= end) {
            return 0;
        }
        if (text[i] == ' ' || text[i] == '-' || text[i] == '+') {
            return 1;
        }
        boolean encoded = text[i] == '%' && i + 2 < end && text[i + 1] == '2' && text[i + 2] == '0';
        boolean fixed = text[i] == (byte) 0xC2 && i + 1 < end && text[i + 1] == (byte) 0xA0;
        return encoded ? 3 : fixed ? 2 : 0;
    }

    private static boolean printable(int[] sizes, int groups) {
        return sizes[0] == 4 && (groups == 1 || sizes[groups - 1] == 4 || (groups == 2 && sizes[1] == 6));
    }

    private static boolean grouped(int[] sizes, int groups) {
        if (groups == 1) {
            return sizes[0] >= SHORTEST;
        }
        if (groups == 3 && sizes[1] == 6) {
            return sizes[2] == 4 || sizes[2] == 5;
        }
        return groups >= 4 && sizes[groups - 1] <= 4;
    }

    private static boolean issued(byte[] digits, int count) {
        if (count < SHORTEST) {
            return false;
        }
        int two = digits[0] * 10 + digits[1];
        int four = two * 100 + digits[2] * 10 + digits[3];
        return switch (count) {
            case 13 -> digits[0] == 4;
            case 14 -> two == 36 || two == 38 || two == 39 || (four >= 3000 && four < 3060);
            case 15 -> two == 34 || two == 37;
            default ->
                digits[0] == 4
                        || (two >= 50 && two <= 69 && two != 59)
                        || (four >= 2221 && four <= 2720)
                        || (four >= 3528 && four <= 3589);
        };
    }

    private static boolean passes(byte[] digits, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int digit = digits[count - 1 - i];
            int value = i % 2 == 0 ? digit : digit * 2;
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }
}
