package io.mimic.asset;

import java.net.InetAddress;

/**
 * One request: to which address, and what it says there. The address is the one that was checked; no name is looked up again.
 *
 * @param tls whether https is spoken
 * @param host value of the Host header, and the name that a certificate has to have
 * @param scheme of the page, for a server that stands behind a proxy
 * @param path with its query
 * @param here whether this process's own container listens there, whose certificate may be anything
 */
record Target(InetAddress address, int port, boolean tls, String host, String scheme, String path, boolean here) {
    String hostName() {
        int port = host.lastIndexOf(':');
        String name = port > host.lastIndexOf(']') ? host.substring(0, port) : host;
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }
}
