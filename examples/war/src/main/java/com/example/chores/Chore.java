package com.example.chores;

import java.time.LocalDate;

/** Something to be done at home. */
public record Chore(int id, String title, String who, LocalDate due, String note, boolean done) {
    Chore withDone(boolean now) {
        return new Chore(id, title, who, due, note, now);
    }

    Chore withNote(String now) {
        return new Chore(id, title, who, due, now, done);
    }

    // Accessors in the form that JSP's expression language reads.

    public int getId() {
        return id;
    }

    public String getTitle() {
        return title;
    }

    public String getWho() {
        return who;
    }

    public LocalDate getDue() {
        return due;
    }

    public String getNote() {
        return note;
    }

    public boolean isDone() {
        return done;
    }

    public boolean isLate() {
        return !done && due.isBefore(LocalDate.now());
    }
}
