package io.mimic.asset;

/**
 * Where this process answers for the app that it runs in, as a request for one of its pages has shown it.
 *
 * @param origin of the page, as its browser sees it, such as {@code https://www.example.org}
 * @param basePath the app's context path as the browser sees it; empty, or begins with a slash and ends without one
 * @param contextPath the app's context path in its container, in the same form
 * @param localAddress IP address at which the container took the request
 * @param localPort port at which it took it
 * @param tls whether the container itself speaks https there
 */
public record AppAddress(
        String origin, String basePath, String contextPath, String localAddress, int localPort, boolean tls) {}
