package io.mimic.project;

/** Whose an address is, where senders are counted: who has one IPv6 address has 2⁶⁴ of them. */
public final class ClientNetwork {
    private ClientNetwork() {}

    /** @return an IPv4 address as it is, of an IPv6 address the first half; what is neither, as it is */
    public static String of(String address) {
        if (!address.contains(":") || address.contains(".")) {
            return address;
        }
        String[] groups = address.split("::", 2)[0].split(":", -1);
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < Math.min(4, groups.length); i++) {
            network.append(groups[i]).append(':');
        }
        return network.toString();
    }
}
