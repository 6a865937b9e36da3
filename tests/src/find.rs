//! Things on the page: found anew at each use, because the page may draw them again at any time.

use std::cell::RefCell;
use std::future::Future;
use std::time::Duration;

use thirtyfour::error::{WebDriverError, WebDriverErrorInner, WebDriverResult};
use thirtyfour::{By, Key, WebElement};

use crate::app::App;
use crate::wait::{PATIENCE, within};

const CLICK: &str =
    "arguments[0].scrollIntoView({ block: 'nearest' }); arguments[0].focus(); arguments[0].click()";

const PLACE: &str = "const { x, y } = arguments[0].getBoundingClientRect(); return [x, y]";

/// What has not moved for as long stands still.
const STILL: Duration = Duration::from_millis(50);

/// A way to find something on the page. Each use looks again and waits until it is there.
pub struct Find<'app> {
    app: &'app App<'app>,
    by: By,
    name: String,
    index: usize,
}

impl App<'_> {
    /// What carries this `data-testid`.
    pub fn by_testid(&self, id: &str) -> Find<'_> {
        self.by_css(&format!("[data-testid=\"{id}\"]"))
    }

    /// What matches a CSS selector.
    pub fn by_css(&self, selector: &str) -> Find<'_> {
        Find {
            app: self,
            by: By::Css(selector.to_owned()),
            name: selector.to_owned(),
            index: 0,
        }
    }

    /// The button, link, tab or menu item with exactly this text or accessible label.
    pub fn button(&self, label: &str) -> Find<'_> {
        let label_in_xpath = xpath_string(label);
        let kinds = [
            "self::button",
            "self::a",
            "@role='button'",
            "@role='link'",
            "@role='menuitem'",
            "@role='option'",
            "@role='radio'",
            "@role='tab'",
        ];
        let xpath = format!(
            "//*[({}) and (normalize-space()={label_in_xpath} or @aria-label={label_in_xpath})]",
            kinds.join(" or ")
        );
        Find {
            app: self,
            by: By::XPath(xpath),
            name: format!("button {label:?}"),
            index: 0,
        }
    }

    /// The innermost element whose text contains this.
    pub fn text(&self, text: &str) -> Find<'_> {
        let wanted = xpath_string(text);
        let xpath = format!(
            "//body//*[not(self::script or self::style) and contains(normalize-space(), {wanted}) \
             and not(*[contains(normalize-space(), {wanted})])]"
        );
        Find {
            app: self,
            by: By::XPath(xpath),
            name: format!("the text {text:?}"),
            index: 0,
        }
    }
}

impl Find<'_> {
    /// Of several matches the one with this index, from 0.
    #[must_use]
    pub fn nth(mut self, index: usize) -> Self {
        self.name = format!("{} [{index}]", self.name);
        self.index = index;
        self
    }

    /// Clicks, once it can be clicked and stands still: what appears above moves it away from under a pointer.
    #[track_caller]
    pub fn click(&self) {
        let usual = self.app.look.text_percent == 100;
        self.act("click", |element| async move {
            if !element.is_enabled().await?
                || element.attr("aria-disabled").await?.as_deref() == Some("true")
            {
                return Err(not_yet("it is disabled"));
            }
            let before = place(&element).await?;
            tokio::time::sleep(STILL).await;
            if place(&element).await? != before {
                return Err(not_yet("it moves"));
            }
            if usual {
                element.click().await
            } else {
                element
                    .handle()
                    .execute(CLICK, vec![element.to_json()?])
                    .await
                    .map(drop)
            }
        });
    }

    /// Types at the end of what is there.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        self.act("type into", |element| async move {
            element.send_keys(typed(text)).await
        });
    }

    /// Replaces what is there by typing, as a person does: select all, then type.
    #[track_caller]
    pub fn fill(&self, text: &str) {
        self.act("fill", |element| async move {
            element.send_keys(Key::Control + "a").await?;
            element
                .send_keys(Key::Backspace + typed(text).as_str())
                .await
        });
    }

    /// Gives it the focus.
    #[track_caller]
    pub fn focus(&self) {
        self.act("focus", |element| async move { element.focus().await });
    }

    /// Its visible text.
    #[track_caller]
    pub fn text(&self) -> String {
        self.act("read", |element| async move { element.text().await })
    }

    /// The value of an input.
    #[track_caller]
    pub fn value(&self) -> String {
        self.act("read the value of", |element| async move {
            element.prop("value").await
        })
        .unwrap_or_default()
    }

    /// An attribute, if it is set.
    #[track_caller]
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.act("read an attribute of", |element| async move {
            element.attr(name).await
        })
    }

    /// How many match right now.
    #[track_caller]
    pub fn count(&self) -> usize {
        self.app
            .drive("matches", self.app.driver.find_all(self.by.clone()))
            .len()
    }

    /// Whether it is there and visible right now.
    pub fn is_shown(&self) -> bool {
        self.app.desk.block_on(async {
            match self.app.driver.find_all(self.by.clone()).await {
                Ok(found) => match found.get(self.index) {
                    Some(element) => element.is_displayed().await.unwrap_or(false),
                    None => false,
                },
                Err(_) => false,
            }
        })
    }

    /// Waits until it is there and visible.
    #[track_caller]
    pub fn wait_shown(&self) {
        self.act("see", |element| async move {
            if element.is_displayed().await? {
                Ok(())
            } else {
                Err(not_yet("it is hidden"))
            }
        });
    }

    /// Waits until it is no longer visible.
    #[track_caller]
    pub fn wait_gone(&self) {
        self.app
            .wait_until(&format!("{} to go away", self.name), || !self.is_shown());
    }

    /// Waits until its text or value contains `part`, and returns it whole.
    #[track_caller]
    pub fn wait_text(&self, part: &str) -> String {
        self.act(&format!("see {part:?} in"), |element| async move {
            let text = element.text().await?;
            let value = element.prop("value").await?.unwrap_or_default();
            if text.contains(part) {
                Ok(text)
            } else if value.contains(part) {
                Ok(value)
            } else {
                Err(not_yet(&format!(
                    "it says {text:?}, its value is {value:?}"
                )))
            }
        })
    }

    /// Does something to the element as soon as it is there and lets it be done.
    #[track_caller]
    fn act<T, F>(&self, what: &str, deed: impl Fn(WebElement) -> F) -> T
    where
        F: Future<Output = WebDriverResult<T>>,
    {
        let last = RefCell::new(None);
        let done = within(PATIENCE, || {
            let tried = self.app.desk.block_on(async {
                let mut found = self.app.driver.find_all(self.by.clone()).await?;
                if found.len() <= self.index {
                    return Err(not_yet("it is not on the page"));
                }
                deed(found.swap_remove(self.index)).await
            });
            match tried {
                Ok(done) => Some(done),
                Err(why) => {
                    self.app.must_run(&self.name);
                    assert!(may_pass(&why), "cannot {what} {}: {why}", self.name);
                    last.replace(Some(why));
                    None
                }
            }
        });
        // No closure here: a panic inside one would not name the test's line.
        match done {
            Some(done) => done,
            None => {
                let why = last.take().map(|why| why.to_string()).unwrap_or_default();
                panic!(
                    "waited {} s in vain to {what} {}: {why}",
                    PATIENCE.as_secs(),
                    self.name
                )
            }
        }
    }
}

/// Where it stands in the window. The driver's own word for it fails at odd sizes of text.
async fn place(element: &WebElement) -> WebDriverResult<(f64, f64)> {
    element
        .handle()
        .execute(PLACE, vec![element.to_json()?])
        .await?
        .convert()
}

/// Text as keys: a line ends with the Enter key, a bare newline is no key.
fn typed(text: &str) -> String {
    text.replace('\n', &char::from(Key::Enter).to_string())
}

fn not_yet(why: &str) -> WebDriverError {
    WebDriverError::from_inner(WebDriverErrorInner::NotFound(
        "state".to_owned(),
        why.to_owned(),
    ))
}

/// Whether this is only because the page is not there yet, or is being drawn again.
fn may_pass(why: &WebDriverError) -> bool {
    matches!(
        &**why,
        WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
            | WebDriverErrorInner::NoSuchElement(_)
            | WebDriverErrorInner::StaleElementReference(_)
            | WebDriverErrorInner::NotFound(..)
    )
}

/// XPath has no escapes: a text with both kinds of quotes must be put together.
fn xpath_string(text: &str) -> String {
    if !text.contains('"') {
        return format!("\"{text}\"");
    }
    let parts: Vec<String> = text.split('"').map(|part| format!("\"{part}\"")).collect();
    format!("concat({})", parts.join(", '\"', "))
}
