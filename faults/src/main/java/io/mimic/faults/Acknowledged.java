package io.mimic.faults;

/**
 * A batch that was answered with 202.
 *
 * @param session which session it belongs to, as the answer said
 * @param page the page
 * @param seq its number in the page
 * @param hash SHA-256 of its events' bytes, in hex
 */
public record Acknowledged(String session, String page, int seq, String hash) {
    String line() {
        return session + " " + page + " " + seq + " " + hash;
    }

    static Acknowledged parse(String line) {
        String[] words = line.split(" ", -1);
        return new Acknowledged(words[0], words[1], Integer.parseInt(words[2]), words[3]);
    }

    String batch() {
        return page + ":" + seq;
    }
}
