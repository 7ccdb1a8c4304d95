/** The archive as a directory of files. */
@NullMarked
package io.mimic.archive.file;

import org.jspecify.annotations.NullMarked;
