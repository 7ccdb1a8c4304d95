/** What a webapp has that Spring Security protects; only in webapps that a test gives it to. */
package io.mimic.containers.secured;
