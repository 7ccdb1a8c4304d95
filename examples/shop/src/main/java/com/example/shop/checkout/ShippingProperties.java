package com.example.shop.checkout;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How long the carriers' answer takes, at least and at most. */
@ConfigurationProperties("shop.shipping")
record ShippingProperties(
        @DefaultValue("2s") Duration carrierDelayLeast,
        @DefaultValue("3s") Duration carrierDelayMost) {}
