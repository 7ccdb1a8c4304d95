/** MIMIC in a Spring Boot webapp: {@link io.mimic.spring.MimicAutoConfiguration}. */
@NullMarked
package io.mimic.spring;

import org.jspecify.annotations.NullMarked;
