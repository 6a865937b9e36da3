//! A document in the real window: its pages are drawn, and fields are put on them by keyboard and by pointer.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write as _;

use e2e::{App, Desk};

#[test]
fn a_field_is_put_on_a_page_and_asked_for() {
    let desk = Desk::open("documents");
    let pdf = desk.write("agreement.pdf", agreement());
    let app = desk.start();
    app.first_start();
    app.add_people("john.doe@example.com");
    app.by_testid("filter-ready").wait_text("1");
    app.add_credential(0, "DOCUMENT");
    app.by_testid("credentials.0.name").fill("Agreement");
    app.by_testid("credentials.0.scope").fill("onboarding.sign");
    app.by_testid("credentials.0.data").click();
    desk.open_file(&pdf);
    app.text("agreement.pdf").wait_shown();
    app.by_testid("placement-page-0").wait_shown();
    app.script::<()>(
        "document.querySelector('[data-testid=\"placement-page-0\"]').scrollIntoView()",
        &[],
    );
    app.wait_until("the first page to be drawn", || is_drawn(&app));
    app.screenshot("pages");
    app.assert_accessible("the pages of a document");

    // By keyboard alone: in the middle of the page, then moved and made wider.
    app.by_testid("placement-add-SIGNATURE").focus();
    app.press("Return");
    app.by_testid("placement-box-0").wait_shown();
    let before = places(&app, 0);
    app.by_testid("placement-box-0").focus();
    app.press("Right");
    app.press("Down");
    app.press("shift+Right");
    let after = places(&app, 0);
    assert_eq!(after[0], before[0] + 1.0, "one to the right");
    assert_eq!(after[1], before[1] + 1.0, "one down");
    assert_eq!(after[2], before[2] + 1.0, "one wider");
    let name = app.by_testid("placement-box-0").attribute("aria-label");
    let name = name.unwrap();
    assert!(
        name.contains("john.doe@example.com") && name.contains("page 1"),
        "{name}"
    );

    // By pointer.
    app.pull("placement-box-0", -60, 80);
    app.wait_until("the field to have been moved", || {
        let pulled = places(&app, 0);
        pulled[0] < after[0] && pulled[1] > after[1] && pulled[2] == after[2]
    });
    app.screenshot("placed");
    app.assert_accessible("a field on a page");

    // What stands on the page is what is asked for.
    let placed = places(&app, 0);
    app.review();
    let body: serde_json::Value = serde_json::from_str(&app.reviewed_body()).unwrap();
    let placement = &body["credentials"][0]["placements"][0];
    assert_eq!(placement["type"], "SIGNATURE");
    assert_eq!(placement["pageIndex"], 0);
    for (name, value) in ["x", "y", "width", "height"].into_iter().zip(placed) {
        assert_eq!(placement[name].as_f64(), Some(value), "{placement}");
    }
    app.send();
    app.by_testid("outcome-state").wait_text("Accepted");
    app.quit();
}

/// x, y, width and height as the form's numbers say.
fn places(app: &App<'_>, index: usize) -> [f64; 4] {
    ["x", "y", "width", "height"].map(|name| {
        let id = format!("credentials.0.placements.{index}.{name}");
        app.by_testid(&id).value().parse().unwrap()
    })
}

/// Whether something that is not white is on the first page.
fn is_drawn(app: &App<'_>) -> bool {
    app.script(
        "const canvas = document.querySelector('[data-testid=\"placement-page-0\"] canvas');
         if (!canvas || !canvas.width) return false;
         const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
         return data.some((part, at) => at % 4 !== 3 && part < 100 && data[at - (at % 4) + 3] > 0);",
        &[],
    )
}

/// Two pages with words on them.
fn agreement() -> String {
    let page = |content: u32| {
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R\
             /Resources<</Font<</F 7 0 R>>>>>>"
        )
    };
    let words = |text: &str| {
        let drawn = format!("BT /F 24 Tf 72 720 Td ({text}) Tj ET");
        format!("<</Length {}>>stream\n{drawn}\nendstream", drawn.len())
    };
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>".to_owned(),
        page(4),
        words("Agreement"),
        page(6),
        words("Signatures"),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        let _ = writeln!(file, "{number} 0 obj{object}endobj");
    }
    let start = file.len();
    let _ = write!(file, "xref\n0 8\n0000000000 65535 f \n");
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ = write!(
        file,
        "trailer<</Root 1 0 R/Size 8>>\nstartxref\n{start}\n%%EOF\n"
    );
    file
}
