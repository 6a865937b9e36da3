//! The pointer on the page, held down and moved.

use crate::app::App;

impl App<'_> {
    /// Takes hold of what carries this `data-testid` in its middle, moves so many pixels and lets go.
    #[track_caller]
    pub fn pull(&self, id: &str, right: i64, down: i64) {
        self.by_testid(id).wait_shown();
        self.drive("the pull", async {
            let selector = thirtyfour::By::Css(format!("[data-testid=\"{id}\"]"));
            let thing = self.driver.find(selector).await?;
            thing.scroll_into_view().await?;
            let hand = self.driver.action_chain();
            let hand = hand.move_to_element_center(&thing).click_and_hold();
            // Little by little, as a hand does.
            let hand = hand.move_by_offset(right / 2, down / 2);
            let hand = hand.move_by_offset(right - right / 2, down - down / 2);
            hand.release().perform().await
        });
    }
}
