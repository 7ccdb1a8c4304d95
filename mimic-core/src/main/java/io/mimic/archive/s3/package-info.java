/** The archive in a bucket of S3, or of what speaks its protocol. */
@NullMarked
package io.mimic.archive.s3;

import org.jspecify.annotations.NullMarked;
