package io.mimic.archive.s3;

import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;

/**
 * An S3 service that checks signatures: the one that {@code MIMIC_TEST_S3} names ({@code http://key:secret@host:port}), else one in this process that
 * keeps its objects in memory.
 */
public final class S3Server implements AutoCloseable {
    /** What buckets are named in front of, as in {@code bucket.s3.localhost}. */
    static final String VIRTUAL_HOST = "s3.localhost";

    private final @Nullable S3Proxy proxy;
    private final URI address;

    private S3Server(@Nullable S3Proxy proxy, URI address) {
        this.proxy = proxy;
        this.address = address;
    }

    public static S3Server start() throws Exception {
        String named = System.getenv("MIMIC_TEST_S3");
        if (named != null) {
            return new S3Server(null, URI.create(named));
        }
        return started(inThisProcess());
    }

    /** One in this process for buckets that are named in the host. */
    static S3Server startVirtual() throws Exception {
        return started(inThisProcess().virtualHost(VIRTUAL_HOST));
    }

    private static S3Proxy.Builder inThisProcess() {
        return S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .ignoreUnknownHeaders(true) // the token of keys that a role gives for a time
                .awsAuthentication(AuthenticationType.AWS_V4, "test-key", "test-secret");
    }

    private static S3Server started(S3Proxy.Builder builder) throws Exception {
        S3Proxy proxy = builder.build();
        proxy.start();
        return new S3Server(proxy, URI.create("http://test-key:test-secret@127.0.0.1:" + proxy.getPort()));
    }

    public String endpoint() {
        return address.getScheme() + "://" + address.getHost() + ":" + address.getPort();
    }

    public int port() {
        return address.getPort();
    }

    public String accessKey() {
        return address.getUserInfo().split(":", 2)[0];
    }

    public String secretKey() {
        return address.getUserInfo().split(":", 2)[1];
    }

    @Override
    public void close() throws Exception {
        if (proxy != null) {
            proxy.stop();
        }
    }
}
