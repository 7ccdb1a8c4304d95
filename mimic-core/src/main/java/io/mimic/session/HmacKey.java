package io.mimic.session;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A key of HMAC-SHA256. Thread-safe. */
final class HmacKey {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;
    /** Never used itself: a copy of it is ready at once, while a new one is looked up among the JVM's providers. Null where those make no copies. */
    private final @Nullable Mac ready;

    HmacKey(byte[] key) {
        this.key = key.clone();
        Mac made = made();
        this.ready = copy(made) == null ? null : made;
    }

    byte[] bytes() {
        return key.clone();
    }

    /** Signs the parts as if they were one. */
    byte[] sign(byte[]... parts) {
        Mac copied = ready == null ? null : copy(ready);
        Mac mac = copied == null ? made() : copied;
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static @Nullable Mac copy(Mac mac) {
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException e) {
            return null; // a provider whose keys lie in a device, say
        }
    }

    private Mac made() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256, but this one answers: " + e.getMessage(), e);
        }
    }
}
