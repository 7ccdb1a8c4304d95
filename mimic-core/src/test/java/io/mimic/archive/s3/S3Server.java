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
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "test-key", "test-secret")
                .build();
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
