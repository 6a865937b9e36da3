//! The desk itself: what the other tests take for granted.

#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::process::{Command, Stdio};

use e2e::{Desk, Keyring};

#[test]
fn the_keyring_is_real_and_keeps_what_it_holds_through_all_its_states() {
    let desk = Desk::open("desk-keyring");
    let mut store = desk
        .command("secret-tool")
        .args(["store", "--label=a word", "desk", "test"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    store.stdin.take().unwrap().write_all(b"hush").unwrap();
    assert!(store.wait().unwrap().success(), "a secret can be stored");
    assert_eq!(answer(&mut look_up(&desk)), "hush");

    desk.set_keyring(Keyring::Absent);
    let asked = look_up(&desk).stderr(Stdio::piped()).output().unwrap();
    assert!(
        String::from_utf8_lossy(&asked.stderr).contains("org.freedesktop.secrets was not provided"),
        "without a keyring there is no Secret Service: {asked:?}"
    );

    desk.set_keyring(Keyring::Locked);
    let asking = look_up(&desk).stdout(Stdio::piped()).spawn().unwrap();
    desk.answer_keyring_prompt();
    let told = asking.wait_with_output().unwrap();
    assert_eq!(
        told.stdout, b"hush",
        "the password opens the locked keyring"
    );
}

#[test]
fn two_desks_know_nothing_of_each_other() {
    let one = Desk::open("desk-one");
    let other = Desk::open("desk-other");
    let display = |desk: &Desk| answer(desk.command("sh").args(["-c", "echo $DISPLAY $HOME"]));
    assert_ne!(display(&one), display(&other));
}

fn look_up(desk: &Desk) -> Command {
    let mut command = desk.command("secret-tool");
    command.args(["lookup", "desk", "test"]);
    command
}

fn answer(command: &mut Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}
