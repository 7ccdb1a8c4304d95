package com.example.host;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

@Entity
class Visit {
    @Id
    @GeneratedValue
    private Long id;

    private String who;

    protected Visit() {}

    Visit(String who) {
        this.who = who;
    }
}
