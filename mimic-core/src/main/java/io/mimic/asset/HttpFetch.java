package io.mimic.asset;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One GET over one connection of its own: to the address that was checked, with no cookie and no redirect followed, bounded in size and in time from the first
 * to the last byte. The JDK's clients look names up themselves, after a check, and let nobody set the Host header; hence this one. For one
 * thread; {@link #close()} may come from another.
 */
final class HttpFetch implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final String agent;
    private final long maxBytes;
    private final Duration longest;
    private volatile @Nullable Socket open;
    private volatile boolean closed;

    /**
     * @param agent what servers are told who asks
     * @param maxBytes largest body
     * @param longest time of one request
     */
    HttpFetch(String agent, long maxBytes, Duration longest) {
        this.agent = agent;
        this.maxBytes = maxBytes;
        this.longest = longest;
    }

    /** @param etag of the content that is there; null when there is none */
    Fetched get(Target target, @Nullable String etag) {
        long until = System.nanoTime() + longest.toNanos();
        try (Socket plain = new Socket()) {
            open = plain;
            if (closed) {
                return new Fetched.Failed("MIMIC is being closed");
            }
            plain.connect(new InetSocketAddress(target.address(), target.port()), (int) CONNECT.toMillis());
            plain.setSoTimeout((int) longest.toMillis());
            Socket socket = target.tls() ? secured(plain, target) : plain;
            socket.getOutputStream().write(request(target, etag));
            socket.getOutputStream().flush();
            return answer(new HttpAnswer(new TimedStream(socket, until), maxBytes));
        } catch (HttpAnswer.TooLargeException e) {
            return new Fetched.Refused(String.valueOf(e.getMessage()));
        } catch (SocketTimeoutException e) {
            return new Fetched.Failed("no whole answer in time");
        } catch (IOException e) {
            return new Fetched.Failed(e.toString());
        } finally {
            open = null;
        }
    }

    /** Ends the request at hand. */
    @Override
    public void close() {
        closed = true;
        Socket socket = open;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                System.getLogger(HttpFetch.class.getName())
                        .log(System.Logger.Level.DEBUG, "A connection broke while it was closed.", e);
            }
        }
    }

    private static Socket secured(Socket plain, Target target) throws IOException {
        SSLSocketFactory factory =
                target.here() ? OwnCertificate.factory() : (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, target.hostName(), target.port(), true);
        if (!target.here()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return socket;
    }

    private byte[] request(Target target, @Nullable String etag) {
        StringBuilder request = new StringBuilder("GET ")
                .append(target.path())
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.host())
                .append("\r\nUser-Agent: ")
                .append(agent)
                .append(
                        "\r\nAccept: image/*, font/*, text/css, */*;q=0.1\r\nAccept-Encoding: identity\r\nConnection: close\r\n");
        if (target.scheme().equals("https") != target.tls()) {
            request.append("X-Forwarded-Proto: ").append(target.scheme()).append("\r\n");
        }
        if (etag != null) {
            request.append("If-None-Match: ").append(etag).append("\r\n");
        }
        return request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Fetched answer(HttpAnswer answer) throws IOException {
        int status = answer.status();
        if (status == 304) {
            return new Fetched.Unchanged();
        }
        if (status >= 500) {
            return new Fetched.Failed("status " + status);
        }
        if (status != 200) {
            return new Fetched.Refused("status " + status);
        }
        if (!answer.header("content-encoding").orElse("identity").equalsIgnoreCase("identity")) {
            return new Fetched.Refused("it is encoded, which was not asked for");
        }
        String declared = answer.header("content-type").orElse("");
        byte[] body = answer.body();
        Optional<String> type = AssetTypes.of(declared, body);
        Optional<String> etag = answer.header("etag").filter(value -> value.matches("[!-~]{1,200}"));
        return type.<Fetched>map(known -> new Fetched.Content(body, known, etag.orElse(null)))
                .orElseGet(() -> new Fetched.Refused("it is no picture, font or style sheet"));
    }

    /** Each read may take what is left of the time. */
    private static final class TimedStream extends InputStream {
        private final Socket socket;
        private final InputStream in;
        private final long until;

        TimedStream(Socket socket, long until) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.until = until;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) left);
            return in.read(target, offset, length);
        }
    }
}
