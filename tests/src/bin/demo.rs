//! The main job, done unattended on a display of its own: what `cargo xtask run` shows where there is no screen.
//!
//! Leaves the receipt and pictures of every step in `target/demo/`.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "it tells where the results are, and a failure is a panic that says what was awaited"
)]

use e2e::{Desk, Keyring, repository};

const LIST: &str = "name;email;phone\n\
    John Doe;john.doe@example.com;\n\
    Maria Sousa;maria.sousa@gmial.com;\n\
    João Alves;;912 345 678\n\
    Ana Reis;;912 345 6\n";

fn main() {
    let output = repository().join("target/demo");
    let desk = Desk::open_in(&output, Keyring::Unlocked);
    let list = desk.write("clients.csv", LIST);
    let receipt = desk.output().join("receipt.json");

    let app = desk.start();
    app.by_testid("start-app").wait_shown();
    app.screenshot("first-start");
    app.first_start();
    app.by_testid("practice-strip").wait_shown();

    app.drop_files(&[&list]);
    app.by_testid("filter-errors").wait_text("1");
    app.by_css("[data-testid$=\"-accept\"]").click();
    app.by_testid("filter-ready").wait_text("3");
    app.by_testid("use-practice-terms").click();
    app.by_testid("name").fill("Client onboarding");
    app.by_testid("internalId").fill("onb-2026-11-1");
    app.script::<()>("document.querySelector('h1').scrollIntoView()", &[]);
    app.wait_until("the form to be checked", || {
        !app.by_testid("rail")
            .text()
            .contains("Before you can review")
    });
    app.screenshot("new-request");

    app.review();
    app.screenshot("review");
    app.send();
    app.by_testid("outcome-state").wait_text("Accepted");
    app.screenshot("outcome");
    app.export_receipt(&receipt);
    app.screenshot("receipt-saved");
    app.quit();

    assert!(receipt.is_file(), "the receipt was written");
    println!("receipt: {}", receipt.display());
    let mut pictures: Vec<_> = std::fs::read_dir(desk.output())
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "png"))
        .collect();
    pictures.sort();
    for picture in pictures {
        println!("screenshot: {}", picture.display());
    }
}
